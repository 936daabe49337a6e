import { useEffect } from 'react'

const TABLES = '.ant-table-content, .ant-table-body'

/** A wide table scrolls inside its frame; whoever has no mouse must be able to reach the frame (WCAG 2.1.1). */
function mark(): void {
  for (const frame of document.querySelectorAll<HTMLElement>(TABLES)) {
    const scrolls = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight
    if (scrolls) frame.tabIndex = 0
    else frame.removeAttribute('tabindex')
  }
}

/** Keeps the component library's scrolling tables reachable by keyboard, whatever page they are on. */
export function useReachableScrolls(): void {
  useEffect(() => {
    let asked = 0
    const soon = () => {
      cancelAnimationFrame(asked)
      asked = requestAnimationFrame(mark)
    }
    const changes = new MutationObserver(soon)
    changes.observe(document.body, { childList: true, subtree: true })
    addEventListener('resize', soon)
    soon()
    return () => {
      changes.disconnect()
      removeEventListener('resize', soon)
      cancelAnimationFrame(asked)
    }
  }, [])
}
