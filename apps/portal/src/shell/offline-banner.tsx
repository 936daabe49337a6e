import { Alert } from 'antd'
import { useSyncExternalStore } from 'react'
import { useWords } from '#portal/ui'

const subscribe = (changed: () => void) => {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}

/** Says that the machine has no network; what is shown may be old. */
export function OfflineBanner() {
  const t = useWords()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div role="status">
      {!online && (
        <Alert
          banner
          type="warning"
          title={t({
            zh: '网络已断开，显示的内容可能不是最新，恢复后会自动更新。',
            en: 'There is no network. What you see may be old; it is read again when the network is back.',
          })}
        />
      )}
    </div>
  )
}
