import { CheckCircleOutlined, ClockCircleOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons'
import { Flex, Tag } from 'antd'
import { useWords } from '#portal/ui'
import { accessName, FRESHNESS, formatName, themeName } from './names.ts'

const LOOK = {
  kept: { color: 'green', icon: <CheckCircleOutlined aria-hidden /> },
  broken: { color: 'red', icon: <WarningOutlined aria-hidden /> },
  none: { color: 'default', icon: <ClockCircleOutlined aria-hidden /> },
} as const

/** Whether the promise of freshness is kept: said in words, not by colour alone. */
export function FreshnessBadge({ state }: { readonly state: string }) {
  const t = useWords()
  const look = LOOK[state as keyof typeof LOOK] ?? LOOK.none
  return (
    <Tag color={look.color} icon={look.icon}>
      {t(FRESHNESS[state] ?? { zh: state, en: state })}
    </Tag>
  )
}

export function AccessBadge({ access }: { readonly access: string }) {
  const t = useWords()
  return access === 'open' ? null : (
    <Tag color="gold" icon={<LockOutlined aria-hidden />}>
      {t(accessName(access))}
    </Tag>
  )
}

/** Themes and formats of a dataset. */
export function Marks(props: { readonly themes: readonly string[]; readonly formats: readonly string[] }) {
  const t = useWords()
  return (
    <Flex wrap gap={4}>
      {props.themes.map((theme) => (
        <Tag key={theme} color="blue">
          {t(themeName(theme))}
        </Tag>
      ))}
      {props.formats.map((format) => (
        <Tag key={format}>{formatName(format)}</Tag>
      ))}
    </Flex>
  )
}
