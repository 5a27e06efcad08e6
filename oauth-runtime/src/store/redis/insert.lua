local value, lifetime, listing, indexes = unpack(ARGV)
local kind = redis.call('TYPE', key)['ok']
if kind == 'hash' then return { 'taken' } end
if kind ~= 'none' then return { 'foreign' } end
redis.call('HSET', key, 'version', '1', 'value', value)
if listing ~= '' then redis.call('HSET', key, 'listing', listing, 'indexes', indexes) end
redis.call('PEXPIRE', key, lifetime)
return { 'done' }
