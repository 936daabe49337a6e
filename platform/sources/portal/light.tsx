import { CheckCircleOutlined, ExclamationCircleOutlined, PauseCircleOutlined, SyncOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { useWords } from '#portal/ui'
import type { Light } from '../contract.ts'
import { LIGHTS } from './words.ts'

const LOOKS = {
  green: { color: 'success', icon: <CheckCircleOutlined /> },
  yellow: { color: 'processing', icon: <SyncOutlined /> },
  red: { color: 'error', icon: <ExclamationCircleOutlined /> },
  grey: { color: 'default', icon: <PauseCircleOutlined /> },
} as const

/** How a source or feed is doing; never by colour alone. */
export function SourceLight({ light }: { readonly light: Light }) {
  const t = useWords()
  return <Tag {...LOOKS[light]}>{t(LIGHTS[light])}</Tag>
}
