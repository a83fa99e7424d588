# Completion of evbook for bash: source <(evbook completion bash)
_evbook() {
    local cur words word
    words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    cur=${COMP_WORDS[COMP_CWORD]}
    # Bash parts words at "=": put --flag=value together again.
    if ((COMP_CWORD >= 2)) && [[ $cur == "=" || ${COMP_WORDS[COMP_CWORD-1]} == "=" ]]; then
        local line=${COMP_LINE:0:COMP_POINT}
        words=("${COMP_WORDS[@]:1:COMP_CWORD-2}" "${line##* }")
        cur=${line##* }
    fi
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        [[ $cur == *=* && $word == *=* ]] && word=${word#*=}
        [[ -n $word ]] && COMPREPLY+=("$word")
    done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
}
complete -o default -F _evbook evbook
