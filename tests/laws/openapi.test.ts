import AjvCompiler from '@fastify/ajv-compiler'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp, visitorClient } from '#platform/testing'
import { operationOf } from '../../platform/runtime/http/openapi.ts'

let city: TestApp
beforeAll(async () => {
  city = await testApp()
})
afterAll(() => city.stop())

interface Answers {
  readonly content: Readonly<Record<string, { readonly schema: object }>>
}

interface Operation {
  readonly summary?: string
  readonly responses: Record<string, { content?: Record<string, { example?: unknown }> }>
}

test('the API document is 3.1, names every route, and gives each answer an example', async () => {
  const { body } = await visitorClient(city).get('/api/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const missing: string[] = []
  for (const { method, path } of city.routes) {
    const name = path.replaceAll(/:(\w+)/g, '{$1}')
    const operation = body.paths[name]?.[method.toLowerCase()] as Operation | undefined
    const content = Object.values(operation?.responses['200']?.content ?? {})[0]
    if (!operation?.summary || content?.example === undefined) missing.push(`${method} ${path}`)
  }
  expect(missing).toEqual([])
})

test('the schemas of every route compile', () => {
  const faults: string[] = []
  const validator = AjvCompiler()({}, { customOptions: { strict: false } })
  const serializer = SerializerSelector()()
  for (const route of city.routes) {
    const { params, querystring, body, response } = operationOf(route)
    try {
      for (const schema of [params, querystring, body]) if (schema) validator({ schema })
      for (const answer of Object.values(response ?? {}))
        for (const { schema } of Object.values((answer as Answers).content))
          serializer({ method: route.method, url: route.path, httpStatus: '200', schema })
    } catch (error) {
      faults.push(`${route.method} ${route.path}: ${(error as Error).message}`)
    }
  }
  expect(faults).toEqual([])
})
