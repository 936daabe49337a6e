import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFiles } from './imports.ts'

const lines = sourceFiles().flatMap((path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .map((text, at) => ({ text, where: `${path}:${at + 1}` })),
)
const found = (kind: RegExp, is: (text: string) => boolean) =>
  lines.filter(({ text, where }) => kind.test(where) && is(text)).map(({ text, where }) => `${where} ${text.trim()}`)

test('what is put together in pages takes the punctuation of its language, by `useMarks`', () => {
  const chinese = /\.join\('[、；，：]'\)|`[^`]*(\}[（：、；，]|[（：、；，]\$\{)[^`]*`/
  expect(found(/\/portal\/.*\.tsx:/, (text) => chinese.test(text) && !/\bzh\b|\bw\(|<Local>/.test(text))).toEqual([])
})

test('a matter is opened (发起), anything else is made (新建); nothing is 创建', () => {
  expect(found(/\.tsx?:/, (text) => /创建|新建(事项|一件)/.test(text))).toEqual([])
})
