import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { amountText, decimalText, percentText } from './amount-format.ts'
import { usePhone } from './settings.ts'
import { useText, type Say } from './text.ts'
import { uiText } from './ui-text.ts'

export type Explained = {
  key: string
  name: string
  /** The exact result as text; how it is written stands in `as`. */
  result: string | null
  /** fen → yuan with two decimals; ratio → 96.00%; text → as it is; decimal (default) with `decimals`. */
  as?: 'fen' | 'decimal' | 'ratio' | 'text'
  decimals?: number
  /** The formula with the real operands: "2,855.06 − 290.00 + 75.00". */
  how?: ReactNode
  /** This step rounded: "≈". */
  rounded?: boolean
  /** Why it is zero: "本月没有新放贷款". */
  zero?: string
  /** The facts behind the line. */
  links?: readonly { label: string; to: string }[]
  children?: readonly Explained[]
}

function resultText(node: Explained): string {
  if (node.result === null) return '--'
  if (node.as === 'fen') return amountText(node.result, 'yuan')
  if (node.as === 'ratio') return percentText(node.result, node.decimals ?? 2)
  return node.as === 'text' ? node.result : decimalText(node.result, node.decimals ?? 2)
}

/** A calculation that opens from its result down to the facts. On the desktop a tree whose first levels are open; on the phone one level a screen. */
export function ExplanationTree({ root, label, open = 2 }: { root: Explained; label: string; open?: number }) {
  const phone = usePhone()
  return phone ? <Levels root={root} label={label} /> : (
    <div className="yq-tree" role="tree" aria-label={label}>
      <Branch node={root} level={1} open={open} />
    </div>
  )
}

function How({ node }: { node: Explained }) {
  const t = useText(uiText)
  return (
    <div className="yq-tree-how">
      {node.zero !== undefined ? <span>{t('zeroBecause', { why: node.zero })}</span> : node.how}
      {(node.links ?? []).map((link) => (
        <span key={link.to}> <Link to={link.to}>{link.label}</Link></span>
      ))}
    </div>
  )
}

function Value({ node, t }: { node: Explained; t: Say<typeof uiText> }) {
  return (
    <span className={`yq-tree-value yq-num${node.zero === undefined ? '' : ' yq-tree-zero'}`}>
      {resultText(node)}
      {node.rounded && <span title={t('rounding')}> <span aria-hidden="true">≈</span><span className="yq-sr">{t('rounding')}</span></span>}
    </span>
  )
}

function Branch({ node, level, open }: { node: Explained; level: number; open: number }) {
  const t = useText(uiText)
  const children = node.children ?? []
  const [shown, setShown] = useState(level < open)
  return (
    <div role="treeitem" aria-level={level} aria-expanded={children.length > 0 ? shown : undefined} aria-selected={false}>
      <div className="yq-tree-row" data-level={level}>
        <div className="yq-tree-name" style={{ paddingLeft: `calc(${level - 1} * var(--step))` }}>
          {children.length > 0 ? (
            <button type="button" className="yq-tree-toggle" aria-expanded={shown} aria-label={t('openStep', { name: node.name })} onClick={() => setShown(!shown)}><span aria-hidden="true">›</span></button>
          ) : <span className="yq-tree-toggle" aria-hidden="true" />}
          <span>{node.name}</span>
        </div>
        <Value node={node} t={t} />
        <How node={node} />
      </div>
      {shown && children.length > 0 && (
        <div role="group">
          {children.map((child) => <Branch key={child.key} node={child} level={level + 1} open={open} />)}
        </div>
      )}
    </div>
  )
}

function Levels({ root, label }: { root: Explained; label: string }) {
  const t = useText(uiText)
  const [path, setPath] = useState<readonly string[]>([])
  const chain: Explained[] = [root]
  for (const key of path) {
    const next = chain.at(-1)?.children?.find((child) => child.key === key)
    if (next) chain.push(next)
  }
  const here = chain.at(-1) ?? root
  return (
    <section aria-label={label}>
      <nav aria-label={t('rootLevel')} className="yq-level-path">
        {chain.slice(0, -1).map((node, index) => (
          <button key={node.key} type="button" onClick={() => setPath(path.slice(0, index))}>{node.name}<span aria-hidden="true"> ›</span></button>
        ))}
      </nav>
      <div className="yq-level-top">
        <div>{here.name}</div>
        <div className="yq-figure-value"><Value node={here} t={t} /></div>
        <How node={here} />
      </div>
      <ul className="yq-levels">
        {(here.children ?? []).map((child) => {
          const opens = (child.children ?? []).length > 0
          const inner = (
            <>
              <span>{child.name}</span>
              <Value node={child} t={t} />
              <span aria-hidden="true">{opens ? '›' : ''}</span>
            </>
          )
          return (
            <li key={child.key} className="yq-level">
              {opens ? <button type="button" onClick={() => setPath([...path, child.key])}>{inner}</button> : <div>{inner}</div>}
              <div className="yq-level-how"><How node={child} /></div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
