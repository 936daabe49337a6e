import { Skeleton } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import type { FormSchema } from '#portal/forms'
import type { Words } from '../../../runtime/words.ts'

export type FormValue = Readonly<Record<string, unknown>>

export interface SchemaFormProps {
  /** Object schema made with `field`, or the same as JSON from the API. */
  readonly schema: FormSchema
  /** What is filled in at the beginning. */
  readonly value?: FormValue
  /** Where prefilled fields come from, by field name; shown beside them. */
  readonly sources?: Readonly<Record<string, Words>>
  /** Gets the checked value; an `ApiError` with issues goes back to the fields. */
  readonly onSubmit: (value: FormValue) => Promise<unknown>
  /** Text of the button; "Save" unless said. */
  readonly submit?: Words
  readonly danger?: boolean
  /** What uploaded files are for; `form` unless said. */
  readonly filesFor?: string
  /** Buttons beside the submit button. */
  readonly extra?: ReactNode
}

const Form = lazy(() => import('./form.tsx').then((m) => ({ default: m.Form })))
const View = lazy(() => import('./view.tsx').then((m) => ({ default: m.View })))

/** A form made from a schema: labels, helps, keyboards and checks follow from the fields. Loaded when needed. */
export const SchemaForm = (props: SchemaFormProps) => (
  <Suspense fallback={<Skeleton active />}>
    <Form {...props} />
  </Suspense>
)

/** The same schema, filled in and read only. Masked values are shown as they come. */
export const FormView = (props: { readonly schema: FormSchema; readonly value: FormValue }) => (
  <Suspense fallback={<Skeleton active />}>
    <View {...props} />
  </Suspense>
)
