/** Languages whose names are told from other class names; those that pages show most. */
const NAMES: ReadonlySet<string> = new Set(
  (
    "abap ada apache applescript arduino asm assembly awk bash basic bat batch brainfuck c cc cfg clojure cmake " +
    "cobol coffee coffeescript conf console cpp c++ cs csharp c# css csv cuda cython d dart diff docker dockerfile " +
    "dot elixir elm erl erlang excel f90 fish fortran fsharp f# gherkin git glsl go golang gradle graphql groovy " +
    "haml handlebars haskell haxe hcl hlsl hs html http ini ipython ipython3 java javascript jinja jinja2 jl js " +
    "json json5 jsonc jsx julia kotlin kt latex lean less liquid lisp llvm lua makefile markdown mathematica " +
    "matlab md mdx mermaid mjs mysql nasm nginx nim nix node objc objective-c objectivec ocaml octave pascal patch " +
    "perl pgsql php pl plsql postgresql powershell ps1 prisma prolog properties proto protobuf ps pug puppet py " +
    "pycon python python2 python3 py3 pytb qml r racket rb re regex rest rst ruby rs rust sas sass scala scheme " +
    "scss sh shell shell-session shellsession smalltalk solidity sparql sql sqlite stata stylus svelte svg swift " +
    "systemverilog tcl terminal terraform tex tf toml ts tsx twig typescript vb vba vbnet verilog vhdl vim vue " +
    "wasm xhtml xml xquery xslt yaml yml zig zsh"
  ).split(" "),
);

export function isLanguageName(name: string): boolean {
  return NAMES.has(name);
}
