import { Modal } from 'antd'
import { usePick, useText } from '../ui/text.ts'
import { uiText } from '../ui/ui-text.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { mayOpen } from './menu.ts'
import { screens } from './screens.tsx'

/** Which keys do what. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useText(uiText)
  const d = useText(deskText)
  const pick = usePick()
  const { may } = useWho()
  const keys: [string, string][] = [
    ['/', d('keySearch')],
    ...screens.filter((screen) => screen.key !== undefined && mayOpen(screen, may)).map((screen): [string, string] => [`g ${screen.key}`, d('keyGo', { name: pick(screen.title) })]),
    ['n', d('keyNew')], ['j  k', d('keyRows')], ['x', d('keySelect')], ['Enter', d('keyOpen')], ['Ctrl Enter', d('keySubmit')], ['Esc', d('keyClose')], ['?', d('keyHelp')],
  ]
  return (
    <Modal open title={t('keysTitle')} onCancel={onClose} footer={null} width={420}>
      <dl className="yq-keys">
        {keys.map(([key, meaning]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{key.split(' ').filter(Boolean).map((one) => <kbd key={one}>{one}</kbd>)}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="yq-quiet yq-small" style={{ marginTop: 16 }}>{t('keysHint')}</p>
    </Modal>
  )
}
