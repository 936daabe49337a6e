import { Typography } from 'antd'
import { type ReactNode, useId } from 'react'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import './labelled.css'

/** A control with its label above and help below. */
export function Labelled({
  label,
  help,
  required,
  children,
}: {
  readonly label: Words
  readonly help?: Words
  /** Shown by the label; the control says `aria-required` itself. */
  readonly required?: true
  readonly children: (id: string) => ReactNode
}) {
  const t = useWords()
  const id = useId()
  return (
    <div className="dz-labelled">
      <label htmlFor={id}>
        {t(label)}
        {required && (
          <Typography.Text type="danger" aria-hidden>
            {' *'}
          </Typography.Text>
        )}
      </label>
      {children(id)}
      {help && <Typography.Text type="secondary">{t(help)}</Typography.Text>}
    </div>
  )
}

/** Several controls under one heading. */
export function Group({ title, children }: { readonly title: Words; readonly children: ReactNode }) {
  const t = useWords()
  return (
    <fieldset className="dz-group">
      <legend>{t(title)}</legend>
      {children}
    </fieldset>
  )
}
