import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { problemOf } from './problem.ts'

/** What the engine itself says to a question, as the product passes it on. */
async function saidTo(sql: string) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run('create table firm (code varchar, staff integer)')
    await connection.run(sql)
    return undefined
  } catch (error) {
    const { words } = problemOf((error as Error).message)
    return words.zh.replace('查询有误：', '')
  } finally {
    connection.closeSync()
  }
}

test.each([
  ['selec 1', '“selec”附近语法有误'],
  ['select cod from firm', '没有“cod”这一列'],
  ['select 1 from firms', '没有“firms”这张表'],
  ['select f.code from firm', '没有“f”这张表'],
  ['select code, sum(staff) from firm', '“code”要么分组，要么汇总'],
  ['select lenght(code) from firm', '没有函数 lenght'],
  ["select cast('abc' as integer)", '“abc”不能转换为 INT32'],
])('the engine is understood: %s', async (sql, said) => {
  expect(await saidTo(sql)).toBe(said)
})
