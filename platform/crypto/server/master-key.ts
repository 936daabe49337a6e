import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '#runtime'
import { createDataKey, type DataKey } from './data-key.ts'
import type { PurposeKeys } from './key-ring.ts'
import { sm3 } from './sm3.ts'

/**
 * The master key under which all others are stored: a file of 64 hex digits, readable by its owner only. Its id is
 * drawn from itself, so that a wrong file is noticed at once.
 * @returns undefined if there is no file. @throws StartError if the file is not a key
 */
export function readMasterKey(file: string): PurposeKeys | undefined {
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new StartError(`The master key file ${file} must hold 64 hex digits.`)
  const current = keyOf(Buffer.from(text, 'hex'))
  return { current, all: [current] }
}

/** Makes the file; of several processes that do so at once one wins and all read the same key. */
export function makeMasterKey(file: string): PurposeKeys {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, `${Buffer.from(createDataKey().secret).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
    chmodSync(file, 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  const made = readMasterKey(file)
  if (!made) throw new StartError(`The master key file ${file} could not be made.`)
  return made
}

const keyOf = (secret: Uint8Array): DataKey =>
  createDataKey({ id: Math.max(1, sm3(Buffer.concat([Buffer.from('daizong.master'), secret])).readUInt32BE()), secret })
