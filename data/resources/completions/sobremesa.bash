# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Completion for bash. sobremesa itself knows what may come next; this only carries words to and fro.

_sobremesa() {
  local IFS=$'\n' word typed value line program=${COMP_WORDS[0]/#~/$HOME} cut=0
  local -a words=()

  # Bash takes --store=market for three words; to sobremesa it is one, and bash replaces only what is behind the =.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if ((${#words[@]})) && [[ ($word == = && ${words[-1]} == --*) || ${words[-1]} == --*= ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  typed=${words[-1]}
  value=${typed#--*=}
  [[ $COMP_WORDBREAKS == *=* ]] && cut=$((${#typed} - ${#value}))

  COMPREPLY=()
  while read -r line; do
    case $line in
      :files)
        compopt -o filenames
        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$value")
        ;;
      :folders)
        compopt -o filenames
        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$value")
        ;;
      *)
        line=${line%%$'\t'*}
        COMPREPLY+=("${line:cut}")
        ;;
    esac
  done < <("$program" complete -- "${words[@]}" 2>/dev/null)
}
complete -F _sobremesa sobremesa
