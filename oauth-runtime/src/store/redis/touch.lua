local lifetime, told = unpack(ARGV)
local row, none = read()
if not row then return { none } end
if outlasts_lists(row, lifetime, told) then return { 'listed', row.listing, row.indexes } end
redis.call('PEXPIRE', key, lifetime)
return { 'done' }
