-- A hash that cannot be read is removed like any other: what stays would be in the way for ever.
local kind = redis.call('TYPE', key)['ok']
if kind == 'none' then return { 'gone' } end
if kind ~= 'hash' then return { 'foreign' } end
local listed = redis.call('HMGET', key, 'listing', 'indexes')
redis.call('DEL', key)
if not listed[1] or not listed[2] then return { 'done' } end
return { 'listed', listed[1], listed[2] }
