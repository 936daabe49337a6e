import { Typography } from 'antd'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useWords } from './language.tsx'

interface WideProps {
  /** What it shows, for who cannot see it. */
  readonly label: string
  readonly children: ReactNode
  /** The part that scrolls, for who scrolls it to a place. */
  readonly frame?: RefObject<HTMLElement | null>
}

/** Something wider than a phone: it scrolls sideways, with the keyboard too; shaded edges and a sentence say that there is more. */
export function Wide({ label, children, frame }: WideProps) {
  const t = useWords()
  const own = useRef<HTMLElement>(null)
  const section = frame ?? own
  const [more, setMore] = useState('')
  useEffect(() => {
    const { current: element } = section
    if (!element) return
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element
      const sides = { left: scrollLeft > 1, right: scrollLeft + clientWidth < scrollWidth - 1 }
      setMore([sides.left ? 'left' : '', sides.right ? 'right' : ''].join(' ').trim())
    }
    const observer = new ResizeObserver(look)
    for (const each of [element, ...element.children]) observer.observe(each)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [section])
  return (
    <div className="dz-wide">
      <div className="dz-wide-edges" data-more={more}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wide is scrolled with the keyboard */}
        <section ref={section} tabIndex={0} aria-label={label}>
          {children}
        </section>
      </div>
      {more && (
        <Typography.Text type="secondary">
          {t({
            zh: '图比屏幕宽：左右滑动，或选中后按左右方向键查看其余部分',
            en: 'Wider than the screen: swipe sideways, or choose it and use the arrow keys, to see the rest',
          })}
        </Typography.Text>
      )}
    </div>
  )
}
