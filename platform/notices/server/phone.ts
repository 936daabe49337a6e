import { type DataKey, keys, openFields, sealFields } from '#platform/crypto'
import type { App } from '#runtime'

const CONTEXT = 'notices.setting.phone'

/** Seals a phone number for storage. */
export function sealPhone(key: DataKey, phone: string): Buffer | null {
  const [sealed = null] = sealFields(key, CONTEXT, [phone])
  return sealed
}

/** Opens a stored phone number. */
export function openPhone(app: App, sealed: Buffer): string | null {
  const [phone = null] = openFields(app.use(keys).of('notices.phone'), CONTEXT, [sealed])
  return phone
}
