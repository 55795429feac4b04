import { useEffect } from 'react'
import { Link } from 'react-router'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

/** One page, one text for what is not there and what is not allowed. */
export function NotFound() {
  const t = useText(uiText)
  useEffect(() => {
    document.title = t('notFound')
  }, [t])
  return (
    <div className="yq-empty yq-whole">
      <h1>{t('notFound')}</h1>
      <Link to="/">{t('toHome')}</Link>
    </div>
  )
}
