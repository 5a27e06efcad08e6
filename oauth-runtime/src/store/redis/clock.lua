-- What every script begins with: the time of this server, in milliseconds.

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- As text: a number of Lua would be shortened.
local function ms(time)
    return string.format('%.0f', time)
end
