return { 'listings', redis.call('ZRANGEBYSCORE', index, '(' .. ms(now), '+inf') }
