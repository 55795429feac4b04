import { Button } from 'antd'
import { RefusalError } from './client.ts'
import { Mark } from './Mark.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

/** Something could not be shown: the refusal's sentence (or ours), the request's number, and "try again" where that can help. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText(uiText)
  const told = error instanceof RefusalError ? error : null
  const ours = told === null || told.status === 0 || told.status >= 500
  return (
    <div className="yq-error" role="alert">
      <Mark of="⬣" />
      <div>
        <div>{told ? told.message : t('failed')}</div>
        {told !== null && ours && told.requestId !== '' && !told.message.includes(told.requestId) && <div className="yq-small yq-quiet">{t('requestNumber', { id: told.requestId })}</div>}
      </div>
      {onRetry && ours && <Button onClick={onRetry}>{t('retry')}</Button>}
    </div>
  )
}

/** True for the one answer that foreign and missing objects share: the page then shows NotFound, whole. */
export function isNotFound(error: unknown): boolean {
  return error instanceof RefusalError && (error.name === 'not-found' || error.name === 'not-allowed')
}
