import AjvCompiler, { type BuildCompilerFromPool } from '@fastify/ajv-compiler'
import { type SerializerFactory, SerializerSelector } from '@fastify/fast-json-stringify-compiler'

type Validator = ReturnType<ReturnType<BuildCompilerFromPool>>

const buildValidator: BuildCompilerFromPool = (...settings) => {
  const compile = AjvCompiler()(...settings)
  return (route) => {
    let made: Validator | undefined
    const validate = ((data: unknown) => {
      made ??= compile(route)
      const isValid = made(data)
      validate.errors = made.errors ?? null
      return isValid
    }) as Validator
    return validate
  }
}

const buildSerializer: SerializerFactory = (...settings) => {
  const compile = SerializerSelector()(...settings)
  return (route) => {
    let made: ReturnType<typeof compile> | undefined
    return (document) => {
      made ??= compile(route)
      return made(document)
    }
  }
}

/** Fastify's own compilers of schemas, put off to a schema's first use: a start does not wait for hundreds of routes. */
export const lazyCompilers = { buildValidator, buildSerializer }
