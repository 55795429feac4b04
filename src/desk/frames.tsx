import { Button } from 'antd'
import { Suspense } from 'react'
import { Outlet, useRouteError } from 'react-router'
import { NotFound } from '../ui/NotFound.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useText } from '../ui/text.ts'
import { uiText } from '../ui/ui-text.ts'

/** Around the pages without menu and bar. */
export function BareFrame() {
  return (
    <Suspense fallback={<Skeleton />}>
      <Outlet />
    </Suspense>
  )
}

/** A page broke: our own mistake. The rest of the product goes on. */
export function PageMistake({ whole = false }: { whole?: boolean }) {
  const t = useText(uiText)
  const error = useRouteError()
  console.error(error)
  return (
    <div className={`yq-empty${whole ? ' yq-whole' : ''}`} role="alert">
      <h1>{t('pageFailed')}</h1>
      <Button type="primary" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </div>
  )
}

/** An address that no screen has. */
export function Unknown() {
  return <NotFound />
}
