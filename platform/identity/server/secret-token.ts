import { createHash, randomBytes } from 'node:crypto'

/** A fresh secret of 256 bits; only its hash is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** A secret of full entropy needs no slow hash. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
