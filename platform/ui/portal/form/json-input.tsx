import { Input } from 'antd'
import { useState } from 'react'
import type { InputProps } from './field-input.tsx'

/** Any other shape, as JSON; what cannot be read yet stays text and is refused by the check. */
export function JsonInput({ id, field, value, onChange, invalid, describedBy }: InputProps) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)))
  const change = (next: string) => {
    setText(next)
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next))
    } catch {
      onChange(next)
    }
  }
  return (
    <Input.TextArea
      id={id}
      aria-required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      value={text}
      onChange={({ target }) => change(target.value)}
      autoSize={{ minRows: 3, maxRows: 16 }}
      spellCheck={false}
    />
  )
}
