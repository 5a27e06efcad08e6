local listing, lifetime = unpack(ARGV)
local last = now + lifetime
local known = redis.call('ZSCORE', index, listing)
if not known or tonumber(known) < last then redis.call('ZADD', index, ms(last), listing) end
if redis.call('PTTL', index) < tonumber(lifetime) then redis.call('PEXPIRE', index, lifetime) end
return { 'done' }
