local expected, following, value, lifetime, owner, told = unpack(ARGV)
local row, none = read()
if not row then return { none } end
if row.version ~= expected then return { 'stale' } end
if owner ~= '' and not is_leased_to(row, owner) then return { 'not owner' } end
if outlasts_lists(row, lifetime, told) then return { 'listed', row.listing, row.indexes } end
redis.call('HSET', key, 'version', following, 'value', value)
redis.call('HDEL', key, 'owner', 'lease_until')
redis.call('PEXPIRE', key, lifetime)
return { 'done' }
