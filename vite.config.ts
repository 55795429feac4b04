import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`

// Lazy pages share antd: without groups of their own, libraries are merged into the entry and every change of the product makes browsers fetch them again.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1_400,
    // an inlined file would need an exception from the content policy
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack)[\\/]/, priority: 30 },
            { name: 'chart', test: /node_modules[\\/](echarts|zrender|tslib)[\\/]/, priority: 25 },
            { name: 'graph', test: /node_modules[\\/](@xyflow|@dagrejs|zustand|d3-[^\\/]+|classcat|use-sync-external-store)[\\/]/, priority: 25 },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[^\\/]+|dayjs|@emotion|stylis|clsx)[\\/]/, priority: 20 },
            { name: 'zod', test: /node_modules[\\/](zod|decimal\.js)[\\/]/, priority: 15 },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '^/api/': server, '/healthz': server, '/readyz': server } },
})
