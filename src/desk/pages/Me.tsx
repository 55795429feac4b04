import { Link } from 'react-router'
import { getSession } from '../../access/session.contract.ts'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { deskText } from '../desk-text.ts'
import { IdentityPanel } from '../IdentityPanel.tsx'
import { useMenu } from '../menu-context.ts'

/** The phone's "我的": identity, appearance, and the whole menu. */
export default function Me() {
  const t = useText(deskText)
  const pick = usePick()
  const menu = useMenu()
  const { data, error, refetch } = useContract(getSession, {}, { staleTime: 60_000 })
  return (
    <Page>
      <PageHeader title={t('mine')} />
      <div className="yq-grid" data-columns="2">
        <Block title={t('functions')} flush>
          <nav aria-label={t('functions')}>
            {menu.map((part) => (
              <div key={part.group} className="yq-me-group">
                <h3>{pick(part.title)}</h3>
                <ul>{part.items.map((screen) => <li key={screen.path}><Link to={screen.path}>{pick(screen.title)}</Link></li>)}</ul>
              </div>
            ))}
          </nav>
        </Block>
        <Block title={t('appearance')} loading={!data} error={error} onRetry={() => void refetch()}>
          {data && <IdentityPanel session={data} onHelp={() => undefined} />}
        </Block>
      </div>
    </Page>
  )
}
