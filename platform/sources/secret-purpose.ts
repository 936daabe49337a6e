/** Key purpose of the sealed passwords and tokens of sources. */
export const SECRET_PURPOSE = 'sources.secret'
