# Completion of bash for runoff: its commands, their options, and the names of backends, workloads and presets.

# Prints what `runoff list KIND` names. Modules are asked once in a shell: that takes half a second.
_runoff_names() {
  local runoff=$1 kind=$2
  local kept="_runoff_kept_$kind"
  [ -n "${!kept}" ] || printf -v "$kept" '%s' "$("$runoff" list "$kind" 2>/dev/null | sed -n 's/^  \([a-z][^ ]*\) .*/\1/p')"
  printf '%s\n' "${!kept}"
}

# Prints the options of a command; of one option, with its name, the words it can be.
_runoff_options() { "$1" $2 --help 2>/dev/null | grep -oE '^ +(-[a-z],)?--[a-z-]+' | grep -oE -- '--.*'; }
_runoff_choices() { "$1" $2 --help 2>/dev/null | sed -n "s/^ *$3 [^ ]*:{\([^}]*\)}.*/\1/p" | tr ',' '\n'; }

_runoff() {
  local runoff=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command= before= words=
  [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]}
  case $command:$previous in
    : | :runoff | :*/runoff) words=$("$runoff" --help | sed -n '/^Subcommands:/,$ s/^  \([a-z]*\) .*/\1/p') ;;
    *:--backends | check:check | show:show) words=$(_runoff_names "$runoff" backends) ;;
    *:--workloads) words=$(_runoff_names "$runoff" workloads) ;;
    *:--preset) words=$(_runoff_names "$runoff" presets) ;;
    list:list) words='backends workloads presets' ;;
    *) words=$(_runoff_choices "$runoff" "$command" "$previous") ;;
  esac
  [ -n "$words" ] && [[ $current != -* ]] || {
    [[ $current == -* ]] || return 0  # a file, as everywhere
    words=$(_runoff_options "$runoff" "$command")
  }
  [[ $current == *,* ]] && before=${current%,*},
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$words" -- "${current##*,}")
}

complete -o default -F _runoff runoff
