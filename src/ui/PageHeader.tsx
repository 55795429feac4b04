import { useEffect, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

type Props = {
  title: string
  /** From the menu's screen down; the page itself is not named. */
  crumbs?: readonly { title: string; to: string }[]
  /** Warnings and tier stand beside the name. */
  tags?: ReactNode
  /** The line below: number, unit, manager, "数据截至 11-22". */
  sub?: ReactNode
  /** The main action first; exactly one primary button. */
  actions?: ReactNode
  /** On the phone, the actions go to a bar under the thumb. */
  thumb?: boolean
}

/** Title of a page; title line, tags and actions stay while the page scrolls. Sets the window's title. */
export function PageHeader({ title, crumbs = [], tags, sub, actions, thumb = false }: Props) {
  const t = useText(uiText)
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <>
      {crumbs.length > 0 && (
        <nav aria-label={t('breadcrumb')} className="yq-no-print">
          <ol className="yq-crumbs">
            {crumbs.map((crumb) => (
              <li key={crumb.to}>
                <Link to={crumb.to}>{crumb.title}</Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="yq-header">
        <div className="yq-header-title">
          <h1 tabIndex={-1} data-page-title="">
            {title}
          </h1>
          {tags}
        </div>
        {actions !== undefined && <div className="yq-actions" data-thumb={thumb ? '' : undefined}>{actions}</div>}
      </div>
      {sub !== undefined && <div className="yq-header-sub">{sub}</div>}
    </>
  )
}

/** A page's content below each other. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="yq-page">{children}</div>
}
