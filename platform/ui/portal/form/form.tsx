import { Alert, Button, Flex } from 'antd'
import { type FormEvent, useId, useRef, useState } from 'react'
import { type FormSchema, formFields, issuesIn, withoutEmpty } from '#portal/forms'
import type { Words } from '../../../runtime/words.ts'
import { ApiError } from '../api.ts'
import { useWords } from '../language.tsx'
import { FieldRow } from './field-row.tsx'
import type { FormValue, SchemaFormProps } from './schema-form.tsx'

type Faults = Readonly<Record<string, Words | string>>

/** The form itself; pages use `SchemaForm`. */
export function Form({
  schema,
  value,
  sources = {},
  onSubmit,
  submit,
  danger,
  filesFor = 'form',
  extra,
}: SchemaFormProps) {
  const t = useWords()
  const id = useId()
  const place = useRef<HTMLFormElement>(null)
  const fields = formFields(schema)
  const [filled, setFilled] = useState<FormValue>(() => ({ ...defaultsOf(schema), ...value }))
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  const show = (found: Faults) => {
    setFaults(found)
    const first = fields.find((field) => found[field.name])
    if (first)
      requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(`[id="${id}${first.name}"]`)?.focus())
  }
  const send = async () => {
    const given = withoutEmpty(filled)
    const found = byField(
      issuesIn(schema as never, given),
      fields.map((field) => field.name),
    )
    show(found)
    setProblem(undefined)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      await onSubmit(given)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem(error.problem.title)
      show(
        byField(
          error.problem.issues ?? [],
          fields.map((field) => field.name),
        ),
      )
    } finally {
      setBusy(false)
    }
  }
  const onSend = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  return (
    <form ref={place} onSubmit={onSend} noValidate className="dz-form">
      <div role="alert">{problem && <Alert type="error" showIcon title={problem} />}</div>
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          id={`${id}${field.name}`}
          field={field}
          value={filled[field.name]}
          onChange={(entry) => setFilled((known) => ({ ...known, [field.name]: entry }))}
          filesFor={filesFor}
          {...(faults[field.name] ? { fault: faults[field.name] } : {})}
          {...(sources[field.name] ? { source: sources[field.name] } : {})}
        />
      ))}
      <Flex wrap gap="small" className="dz-form-end">
        <Button type="primary" htmlType="submit" loading={busy} danger={danger ?? false}>
          {t(submit ?? { zh: '保存', en: 'Save' })}
        </Button>
        {extra}
      </Flex>
    </form>
  )
}

/** Issues by field: the server's paths may begin with where the form stood in its call, e.g. `/form/reason`. */
function byField(
  issues: readonly { readonly path: string; readonly message: Words | string }[],
  names: readonly string[],
): Faults {
  const faults: Record<string, Words | string> = {}
  for (const { path, message } of issues) {
    const name = path.split('/').find((part) => names.includes(part))
    if (name) faults[name] ??= message
  }
  return faults
}

const defaultsOf = (schema: FormSchema): FormValue =>
  Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      property.default === undefined ? [] : [[name, property.default]],
    ),
  )
