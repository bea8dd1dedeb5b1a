// oxlint-disable-next-line typescript/triple-slash-reference -- ambient: a module declaration cannot be imported
/// <reference path="./css.d.ts" />
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import '@mantine/core/styles.css';
import './console.css';

const root = document.getElementById('app');
if (root !== null) createRoot(root).render(<App />);
