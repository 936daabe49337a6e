import { Select } from 'antd'
import { useWords } from '#portal/ui'
import type { Reach } from '../../runtime/actor.ts'
import type { Words } from '../../runtime/words.ts'

/** How far a right reaches, in words. */
export const REACH: Readonly<Record<Reach, Words>> = {
  own: { zh: '本人', en: 'Own' },
  unit: { zh: '本单位', en: 'Unit' },
  subtree: { zh: '本单位及下级', en: 'Unit and below' },
  city: { zh: '全市', en: 'Whole city' },
}
const ORDER: readonly Reach[] = ['own', 'unit', 'subtree', 'city']

export interface RightReachesProps {
  readonly id?: string
  readonly rights: readonly { readonly id: string; readonly title: Words; readonly module: Words }[]
  readonly value?: Readonly<Record<string, Reach>>
  readonly onChange?: (value: Readonly<Record<string, Reach>>) => void
}

/** Chooses rights, each with its reach. */
export function RightReaches({ rights, value = {}, onChange }: RightReachesProps) {
  const t = useWords()
  const set = (right: string, reach: Reach | undefined) => {
    const { [right]: _, ...others } = value
    onChange?.(reach ? { ...others, [right]: reach } : others)
  }
  return (
    <ul className="dz-rights" style={{ listStyle: 'none', padding: 0, margin: 0, maxHeight: 360, overflow: 'auto' }}>
      {rights.map(({ id, title, module }) => (
        <li key={id} style={{ display: 'flex', justifyContent: 'space-between', gap: 8, padding: '4px 0' }}>
          <span>{`${t(module)} · ${t(title)}`}</span>
          <Select<Reach>
            allowClear
            aria-label={`${t(title)} ${t({ zh: '范围', en: 'reach' })}`}
            style={{ width: 150, flex: 'none' }}
            placeholder={t({ zh: '不授予', en: 'Not given' })}
            {...(value[id] ? { value: value[id] } : {})}
            onChange={(reach) => set(id, reach)}
            options={ORDER.map((reach) => ({ value: reach, label: t(REACH[reach]) }))}
          />
        </li>
      ))}
    </ul>
  )
}
