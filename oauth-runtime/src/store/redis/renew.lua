local owner, lease = unpack(ARGV)
local row, none = read()
if not row then return { none } end
if not is_leased_to(row, owner) then return { 'not owner' } end
redis.call('HSET', key, 'lease_until', ms(now + lease))
return { 'done' }
