local expected, owner, lease = unpack(ARGV)
local row, none = read()
if not row then return { none } end
if row.version ~= expected then return { 'stale' } end
if row.lease == 'held' then return { 'held' } end
redis.call('HSET', key, 'owner', owner, 'lease_until', ms(now + lease))
return { row.lease == 'over' and 'recovered' or 'done' }
