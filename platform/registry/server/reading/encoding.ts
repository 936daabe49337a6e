import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import type { Reading } from './reading.ts'

/** Bytes from which it is found out how a file is to be read. */
export const SAMPLE = 1 << 20

export async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Byte order mark, else UTF-8 if the sample is valid (its last letter may be cut), else GB 18030. */
export function encodingOf(start: Buffer): Reading['encoding'] {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  for (let cut = 0; cut < 4; cut++) if (isUtf8(start.subarray(0, start.length - cut))) return 'utf-8'
  return 'gb18030'
}

/** The encoding in which a text file will be read. */
export const encodingOfFile = async (file: string): Promise<Reading['encoding']> => encodingOf(await firstBytes(file))
