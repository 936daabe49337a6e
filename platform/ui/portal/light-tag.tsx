import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  PauseCircleOutlined,
} from '@ant-design/icons'
import { Tag } from 'antd'
import { useWords } from './language.tsx'
import { dueText } from './when.tsx'

/** Colour of a clock as the loops compute it; never by colour alone: each has its own sign and word. */
export type Light = 'green' | 'yellow' | 'red' | 'grey'

const LOOKS = {
  green: { color: 'success', icon: <CheckCircleOutlined />, words: { zh: '期限内', en: 'In time' } },
  yellow: { color: 'warning', icon: <ClockCircleOutlined />, words: { zh: '将到期', en: 'Due soon' } },
  red: { color: 'error', icon: <ExclamationCircleOutlined />, words: { zh: '已超期', en: 'Overdue' } },
  grey: { color: 'default', icon: <PauseCircleOutlined />, words: { zh: '不计时', en: 'No clock' } },
} as const

/** A matter's light, with the limit if there is one. */
export function LightTag({ light, due }: { readonly light: Light; readonly due?: string | Date | null }) {
  const t = useWords()
  const look = LOOKS[light]
  return (
    <Tag color={look.color} icon={look.icon}>
      {t(look.words)}
      {due ? ` · ${dueText(due)}` : ''}
    </Tag>
  )
}
