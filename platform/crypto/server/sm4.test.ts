import { expect, it } from 'vitest'
import { sm4Blocks } from './sm4.ts'

const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')

it('encrypts example 1 of GB/T 32907, annex A', () => {
  expect(sm4Blocks(key).update(key).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
})

it('encrypts example 2 of GB/T 32907, annex A: one million times over', () => {
  const blocks = sm4Blocks(key)
  let text: Uint8Array = key
  for (let round = 0; round < 1_000_000; round++) text = blocks.update(text)
  expect(Buffer.from(text).toString('hex')).toBe('595298c7c6fd271f0402f804c33d3f66')
}, 60_000)
