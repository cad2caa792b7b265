import Expressions

/// What stands for an expression that cannot be read, where a definition must have one. The configuration has an error then and is
/// never used; the rest of it is still checked.
extension CheckedExpression {
    static let placeholder: CheckedExpression = {
        do throws(ExpressionIssues) {
            return try Expression.parse("true").checked(in: Declarations())
        } catch {
            preconditionFailure("`true` is an expression")
        }
    }()
}

extension CheckedTemplate {
    /// No text at all, where the file has one that cannot be read.
    static let empty: CheckedTemplate = {
        do throws(ExpressionIssues) {
            return try TextTemplate.parse("").checked(in: Declarations())
        } catch {
            preconditionFailure("nothing is a text")
        }
    }()
}
