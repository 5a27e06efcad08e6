-- What every step on an index begins with: a sorted set of listings, each by the time until which it counts.

local index = KEYS[1]

-- What is over is forgotten, a thousand at a time so that nobody waits long: more than one step adds.
local over = redis.call('ZRANGEBYSCORE', index, '-inf', ms(now), 'LIMIT', 0, 1000)
if #over > 0 then redis.call('ZREM', index, unpack(over)) end
