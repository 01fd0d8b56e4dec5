/**
 * Seconds after which an agent that was cut is denied, whatever happens: the guard follows what the issuer says ended, and
 * without such news for so long it lets nobody in. As a rule it is a fifth of a second.
 */
export const deniedWithin = 5;

/**
 * Seconds that an access token lives. At an API that follows no feed a cut agent reads on for so long, and no longer: the
 * next token it does not get.
 */
export const tokenLifetime = 300;
