/** Key purpose of the sealed secrets of second factors. */
export const TOTP_PURPOSE = 'identity.second-factor'
