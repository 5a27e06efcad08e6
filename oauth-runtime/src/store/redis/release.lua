local row, none = read()
if not row then return { none } end
if not is_leased_to(row, ARGV[1]) then return { 'not owner' } end
redis.call('HDEL', key, 'owner', 'lease_until')
return { 'done' }
