" Runs the cases of the vim keymap's table in vim itself and writes what becomes of each:
"   vim --clean -u NONE -N -i NONE -n -es --cmd 'let g:cases="IN.json"' --cmd 'let g:out="OUT.json"' -S vim-cases.vim
" IN is a list of {"before": text with ‸ at the caret, "keys": keys}; OUT the list of the texts after, ‸ at the caret.
set encoding=utf-8 nomodeline noswapfile shiftwidth=4 tabstop=4 expandtab nojoinspaces backspace=indent,eol,start
scriptencoding utf-8
let s:mark = "\u2038"

function! s:keys(text)
  let l:text = escape(a:text, '\"')
  return eval('"' . substitute(l:text, '<\(lt\|Esc\|CR\|BS\|Del\|C-.\|Left\|Right\|Up\|Down\|Home\|End\)>', '\\<\1>', 'g') . '"')
endfunction

function! s:run(case)
  enew!
  for l:name in split('abcdefghijklmnopqrstuvwxyz0123456789-"', '\zs')
    call setreg(l:name, [])
  endfor
  let @/ = ''
  let l:place = stridx(a:case.before, s:mark)
  let l:lines = split(substitute(a:case.before, s:mark, '', ''), "\n", 1)
  let l:levels = &undolevels
  set undolevels=-1
  call setline(1, l:lines)
  let &undolevels = l:levels
  let l:before = strpart(a:case.before, 0, l:place)
  let l:row = count(l:before, "\n") + 1
  call cursor(l:row, strlen(matchstr(l:before, "[^\n]*$")) + 1)
  call feedkeys(s:keys(a:case.keys), 'xt')
  let l:after = getline(1, '$')
  let l:column = col('.') - 1
  let l:row = line('.') - 1
  let l:after[l:row] = strpart(l:after[l:row], 0, l:column) . s:mark . strpart(l:after[l:row], l:column)
  return join(l:after, "\n")
endfunction

let s:results = []
for s:case in json_decode(join(readfile(g:cases), "\n"))
  call add(s:results, s:run(s:case))
endfor
call writefile([json_encode(s:results)], g:out)
qall!
