import { hash } from 'node:crypto'
import type { CellHash } from '../../profile.ts'

/** Whole numbers from 0 to 2^32 - 1. */
export const CELL_HASHES: Readonly<Record<CellHash, (cell: string) => number>> = {
  md5: (cell) => hash('md5', cell, 'buffer').readUInt32BE(0),
  fast: fastHash,
}

/** FNV-1a over the UTF-16 units, mixed like the end of MurmurHash3, so that every bit hangs on all of the text. */
function fastHash(cell: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < cell.length; at++) value = Math.imul(value ^ cell.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
