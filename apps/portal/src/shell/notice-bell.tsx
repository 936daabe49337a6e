import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Badge, Button } from 'antd'
import { api, useLiveQueries, useWords } from '#portal/ui'
import { pages } from '../pages.ts'

const PATH = '/notices'

/** How many notices wait to be read; there only when the notices have a page. */
export function NoticeBell() {
  return pages.some((page) => page.path === PATH) ? <Bell /> : null
}

function Bell() {
  const t = useWords()
  const go = useNavigate()
  const { data } = useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: () =>
      api.get<{ readonly rows: readonly object[]; readonly unread: number }>('/api/notices', { unread: true }),
  })
  useLiveQueries(['notices.'], ['notices'])
  const unread = data?.unread ?? 0
  return (
    <Badge count={unread} size="small" offset={[-6, 6]}>
      <Button
        type="text"
        icon={<BellOutlined />}
        onClick={() => void go({ to: PATH })}
        aria-label={t({ zh: `通知，${unread} 条未读`, en: `Notices, ${unread} not read` })}
      />
    </Badge>
  )
}
