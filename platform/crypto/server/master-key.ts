import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '#runtime'
import { createDataKey, type DataKey } from './data-key.ts'
import type { PurposeKeys } from './key-ring.ts'
import { sm3 } from './sm3.ts'

/**
 * The master key under which all others are stored: a file of 64 hex digits, readable by its owner only. Its id is
 * drawn from itself, so that a wrong file is noticed at once. While it changes, the file holds the new key and, on the
 * lines below, the old one, which still opens.
 * @returns undefined if there is no file. @throws StartError if the file is not a key
 */
export function readMasterKey(file: string): PurposeKeys | undefined {
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').trim().split(/\s+/)
  if (!lines.every((line) => /^[0-9a-f]{64}$/i.test(line)))
    throw new StartError(`The master key file ${file} must hold 64 hex digits.`)
  const all = lines.map((line) => keyOf(Buffer.from(line, 'hex')))
  const [current] = all
  return current && { current, all }
}

/** Puts a new key above those of the file; a change that was cut short goes on with the key it had made. */
export function addMasterKey(file: string, keys: PurposeKeys): PurposeKeys {
  if (keys.all.length > 1) return keys
  const current = keyOf(createDataKey().secret)
  return replaceFile(file, { current, all: [current, ...keys.all] })
}

/** Leaves only the current key in the file. */
export function dropFormerMasterKeys(file: string, { current }: PurposeKeys): PurposeKeys {
  return replaceFile(file, { current, all: [current] })
}

function replaceFile(file: string, keys: PurposeKeys): PurposeKeys {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, `${keys.all.map(hexOf).join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(draft, file)
  return keys
}

/** Makes the file; of several processes that do so at once one wins and all read the same key. */
export function makeMasterKey(file: string): PurposeKeys {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, `${hexOf(createDataKey())}\n`, { mode: 0o600, flag: 'wx' })
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

const hexOf = (key: DataKey): string => Buffer.from(key.secret).toString('hex')
