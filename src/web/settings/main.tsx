// oxlint-disable-next-line typescript/triple-slash-reference -- ambient: a module declaration cannot be imported
/// <reference path="../ui/css.d.ts" />
import { render } from 'preact';
import { App } from './app.tsx';
import '../ui/style/tokens.css';
import '../ui/style/base.css';
import '../ui/style/parts.css';
import '../authenticators/authenticators.css';
import './settings.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
