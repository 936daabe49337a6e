import { Alert } from 'antd'
import { useSyncExternalStore } from 'react'
import { useConnectionLost, useWords } from '#portal/ui'

const subscribe = (changed: () => void) => {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}

const NO_NETWORK = {
  zh: '网络已断开，显示的内容可能不是最新，恢复后会自动更新。',
  en: 'There is no network. What you see may be old; it is read again when the network is back.',
}
const NO_SERVER = {
  zh: '与服务器的连接已断开，正在重新连接。显示的内容可能不是最新，恢复后会自动更新。',
  en: 'The connection to the server is lost and is being tried again. What you see may be old; it is read again then.',
}

/** Says that nothing is heard of the server; what is shown may be old. */
export function OfflineBanner() {
  const t = useWords()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const isLost = useConnectionLost()
  return (
    <div role="status">
      {(!online || isLost) && <Alert banner type="warning" title={t(online ? NO_SERVER : NO_NETWORK)} />}
    </div>
  )
}
