import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** Goes to the sign-in, once, and remembers from where: while the page is being loaded the address is already its own. */
export function ToSignIn() {
  const go = useNavigate()
  const { href } = useLocation()
  const back = useRef(href)
  useEffect(() => {
    void go({ to: '/sign-in', search: { back: back.current }, replace: true })
  }, [go])
  return null
}
