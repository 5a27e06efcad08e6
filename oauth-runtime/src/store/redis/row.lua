-- What every step on a row begins with.

local key = KEYS[1]

local function is_number(text)
    return text and #text <= 20 and string.find(text, '^[1-9]%d*$')
end

-- The row under the key; or nothing, and why: it is gone, or no store has written it.
local function read()
    local kind = redis.call('TYPE', key)['ok']
    if kind == 'none' then return nil, 'gone' end
    if kind ~= 'hash' then return nil, 'foreign' end
    local found = redis.call('HMGET', key, 'version', 'owner', 'lease_until', 'listing', 'indexes')
    local row = {
        version = found[1], owner = found[2], lease = 'free', listing = found[4], indexes = found[5],
        left = redis.call('PTTL', key),
    }
    if not is_number(row.version) or row.left < 0 then return nil, 'foreign' end
    if not row.listing ~= not row.indexes then return nil, 'foreign' end
    if row.owner then
        if not is_number(found[3]) then return nil, 'foreign' end
        row.lease = now < tonumber(found[3]) and 'held' or 'over'
    end
    return row
end

-- Whether the owner has the lease, and its time is not over.
local function is_leased_to(row, owner)
    return row.lease == 'held' and row.owner == owner
end

-- Whether the lists must be told first that the row will last so long, which they were for this listing.
local function outlasts_lists(row, lifetime, told)
    return row.listing and row.listing ~= told and row.left < tonumber(lifetime)
end
