local row, none = read()
if not row then return { none } end
local value = redis.call('HGET', key, 'value')
if not value then return { 'foreign' } end
return { 'row', row.version, value, row.lease, row.left }
