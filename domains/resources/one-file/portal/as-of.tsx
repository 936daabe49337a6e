import { Flex, Input } from 'antd'
import { useId } from 'react'
import { useWords } from '#portal/ui'

interface AsOfProps {
  readonly valid: string
  readonly onValid: (day: string) => void
  readonly known?: string
  readonly onKnown?: (day: string) => void
}

/** As of which day: what was true then, and what we knew then. */
export function AsOf({ valid, onValid, known, onKnown }: AsOfProps) {
  return (
    <Flex wrap gap="middle">
      <Day title={{ zh: '当时的情况', en: 'What was true on' }} day={valid} onDay={onValid} />
      {onKnown && <Day title={{ zh: '当时我们知道的', en: 'What we knew on' }} day={known ?? ''} onDay={onKnown} />}
    </Flex>
  )
}

interface DayProps {
  readonly title: { readonly zh: string; readonly en: string }
  readonly day: string
  readonly onDay: (day: string) => void
}

function Day({ title, day, onDay }: DayProps) {
  const t = useWords()
  const id = useId()
  return (
    <Flex gap={4} align="center">
      <label htmlFor={id}>{t(title)}</label>
      <Input id={id} type="date" value={day} onChange={(event) => onDay(event.target.value)} style={{ width: 160 }} />
    </Flex>
  )
}
